"""Whom the company deals with, and what it keeps in stock."""


def write_masters(cloner, story, size):
    """Write customers, vendors, products and what lies on the shelf of each."""
    _write_partners(cloner, story.customer, size.customers, "Client", "customer")
    _write_partners(cloner, story.vendor, size.vendors, "Vendor", "vendor")
    _write_products(cloner, story.article)
    _write_quants(cloner, story.article)


def _write_partners(cloner, partner, count, word, base):
    cloner.mark("res_partner", base)
    name = f"'{word} ' || g.n"
    email = f"'{word.lower()}' || g.n || '@example.com'"
    cloner.clone(
        partner,
        f"SELECT generate_series(1, {count}) AS n",
        id=f"{{{base}}} + g.n",
        name=name,
        complete_name=name,
        commercial_company_name=name,
        email=email,
        email_normalized=email,
        commercial_partner_id=f"{{{base}}} + g.n",
    )


def _write_products(cloner, article):
    cloner.clone(
        article.product_tmpl_id,
        "SELECT * FROM bench_product",
        id="{product_template} + g.product",
        name="jsonb_build_object('en_US', 'Article ' || g.product)",
        default_code="'A' || g.product",
        list_price="g.price",
    )
    cloner.clone(
        article,
        "SELECT * FROM bench_product",
        id="{product_product} + g.product",
        product_tmpl_id="{product_template} + g.product",
        default_code="'A' || g.product",
    )


def _write_quants(cloner, article):
    """Write what is on the shelf, and what customers hold of it."""
    for usage, quantity, reserved in (
        ("internal", "g.reserved + g.free", "g.reserved"),
        ("customer", "g.sold", "0"),
    ):
        cloner.mark("stock_quant")
        cloner.clone(
            article.stock_quant_ids.filtered(
                lambda it, u=usage: it.location_id.usage == u
            ),
            f"SELECT * FROM bench_product WHERE {quantity.replace('g.', '')} > 0",
            id="{stock_quant} + g.product",
            product_id="{product_product} + g.product",
            quantity=quantity,
            reserved_quantity=reserved,
        )
