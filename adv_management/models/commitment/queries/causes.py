"""Why a line is in trouble, as far as the goods tell; people know better."""

from odoo.tools import SQL

# Once a line has left too late, the last answer stays; and goods that came when the
# promise was already broken do not make it a matter of picking.
CAUSE = SQL(
    """
    caused AS (
        SELECT measure.*,
               CASE WHEN is_cause_kept THEN kept_cause_id
                    ELSE COALESCE(former.id, cause.id) END AS cause_id
          FROM measure
     LEFT JOIN adv_delay_cause cause ON cause.active AND cause.code =
               CASE WHEN status IN ('late', 'will_be_late', 'at_risk') THEN
                         CASE WHEN obstacle = 'receipt' THEN COALESCE(
                                   (SELECT origin.usage
                                      FROM stock_move receipt
                                      JOIN stock_location origin
                                        ON origin.id = receipt.location_id
                                     WHERE receipt.id = measure.evidence_move_id
                                       AND origin.usage IN ('supplier', 'production')),
                                   'shortage')
                              ELSE obstacle END
                    WHEN COALESCE(delivered_day, date_promise) > date_first_promise
                         AND EXISTS (SELECT FROM adv_commitment_revision revision
                                      WHERE revision.commitment_id = measure.id
                                        AND revision.kind = 'date'
                                        AND revision.origin = 'customer'
                                        AND revision.date_new = measure.date_promise)
                         THEN 'customer_request' END
     LEFT JOIN adv_delay_cause former ON former.id = measure.former_cause_id
           AND former.code IN ('supplier', 'production', 'shortage')
           AND status = 'late' AND obstacle = 'picking'
    )
    """
)
