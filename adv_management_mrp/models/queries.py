"""What kits and productions tell the ledger, as pieces of SQL (see ``Sources``)."""

from odoo.tools import SQL

from odoo.addons.adv_management.models.commitment.queries.facts import OPEN_STATES

# A production waits for its components, and then takes as long as it is planned to.
ORIGINS = SQL(
    """
    SELECT raw.id AS move_id,
           COALESCE(GREATEST(
               production.date_finished::date - production.date_start::date, 0), 0)
               AS lead_days
      FROM stock_move made
      JOIN mrp_production production ON production.id = made.production_id
      JOIN stock_move raw ON raw.raw_material_production_id = production.id
     WHERE made.id = move.id
    """
)

# What goes into one kit: from the line of the bill of materials that a component's move
# names, up through kits of kits to what was sold. Components that vendors ship name no
# line: then all of what was bought makes all of the kits.
PARTS = SQL(
    """
    WITH RECURSIVE other AS MATERIALIZED (
        SELECT move.id AS move_id, move.product_id, move.bom_line_id, move.state,
               move.location_id, move.location_dest_id,
               move.product_uom_qty, move.product_uom,
               scope.id AS commitment_id, scope.unit_factor, scope.line_qty,
               scope.line_product_id AS sold_id
          FROM scope
          JOIN stock_move move ON move.sale_line_id = scope.sale_line_id
           AND move.product_id != scope.line_product_id
    ),
    used AS (
        SELECT other.move_id, line.id AS part_id, line.bom_id, other.unit_factor,
               other.sold_id, sold.product_tmpl_id AS sold_tmpl_id
          FROM other
          JOIN product_product sold ON sold.id = other.sold_id
          JOIN mrp_bom_line line ON line.id = other.bom_line_id
    ),
    climb AS (
        SELECT used.sold_id, used.sold_tmpl_id, used.part_id, bom.id AS bom_id,
               0 AS height,
               line.product_qty * line_unit.factor
                    / (bom.product_qty * bom_unit.factor) AS factor
          FROM (SELECT DISTINCT sold_id, sold_tmpl_id, part_id, bom_id FROM used) used
          JOIN mrp_bom_line line ON line.id = used.part_id
          JOIN uom_uom line_unit ON line_unit.id = line.product_uom_id
          JOIN mrp_bom bom ON bom.id = used.bom_id AND bom.type = 'phantom'
          JOIN uom_uom bom_unit ON bom_unit.id = bom.product_uom_id
     UNION ALL
        SELECT climb.sold_id, climb.sold_tmpl_id, climb.part_id, bom.id,
               climb.height + 1,
               climb.factor * line.product_qty * line_unit.factor
                    / (bom.product_qty * bom_unit.factor)
          FROM climb
          JOIN mrp_bom below ON below.id = climb.bom_id
           AND below.product_tmpl_id != climb.sold_tmpl_id
          JOIN mrp_bom_line line ON line.product_tmpl_id = below.product_tmpl_id
           AND line.product_id = COALESCE(below.product_id, line.product_id)
          JOIN uom_uom line_unit ON line_unit.id = line.product_uom_id
          JOIN mrp_bom bom ON bom.id = line.bom_id AND bom.type = 'phantom'
          JOIN uom_uom bom_unit ON bom_unit.id = bom.product_uom_id
         WHERE climb.height < 10
    ),
    need AS (
        SELECT climb.sold_id, climb.part_id, SUM(climb.factor) AS factor
          FROM climb
          JOIN mrp_bom bom ON bom.id = climb.bom_id
           AND bom.product_tmpl_id = climb.sold_tmpl_id
           AND COALESCE(bom.product_id, climb.sold_id) = climb.sold_id
      GROUP BY climb.sold_id, climb.part_id
    )
    SELECT used.move_id, used.part_id, need.factor * used.unit_factor AS factor
      FROM used
      JOIN need ON need.sold_id = used.sold_id AND need.part_id = used.part_id
     WHERE need.factor > 0
 UNION ALL
    SELECT other.move_id, -other.product_id,
           SUM(other.product_uom_qty * unit.factor)
               OVER (PARTITION BY other.commitment_id, other.product_id)
               / other.line_qty
      FROM other
      JOIN uom_uom unit ON unit.id = other.product_uom
      JOIN stock_location source ON source.id = other.location_id
      JOIN place ON place.id = other.location_dest_id AND place.is_outside
     WHERE other.bom_line_id IS NULL AND other.state != 'cancel'
       AND other.product_uom_qty > 0 AND other.line_qty > 0
       AND source.usage = 'supplier'
    """
)

# Kits of which the goods are a component.
WAITING_KITS = SQL(
    """
    SELECT kit.sale_line_id
      FROM stock_move kit
     WHERE kit.product_id = gone.product_id AND kit.state IN %s
       AND kit.bom_line_id IS NOT NULL AND kit.sale_line_id IS NOT NULL
    """,
    OPEN_STATES,
)

# Lines down the chain of the productions that use the goods.
WAITING_PRODUCTIONS = SQL(
    """
    SELECT waiting.sale_line_id FROM (
        WITH RECURSIVE step AS (
            SELECT raw.id
              FROM stock_move raw
             WHERE raw.product_id = gone.product_id AND raw.state IN %(open)s
               AND raw.raw_material_production_id IS NOT NULL
             UNION
            SELECT next.id
              FROM step
        CROSS JOIN LATERAL (
                   SELECT link.move_dest_id AS id
                     FROM stock_move_move_rel link WHERE link.move_orig_id = step.id
                UNION ALL
                   SELECT made.id
                     FROM stock_move raw
                     JOIN stock_move made
                       ON made.production_id = raw.raw_material_production_id
                    WHERE raw.id = step.id
                   ) next
        )
        SELECT move.sale_line_id
          FROM step
          JOIN stock_move move ON move.id = step.id
         WHERE move.sale_line_id IS NOT NULL AND move.state IN %(open)s
    ) waiting
    """,
    open=OPEN_STATES,
)
