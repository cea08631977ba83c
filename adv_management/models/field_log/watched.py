"""What is watched: the fields an order desk can get wrong, by the error they cause.

The codes are those of the entry errors: a field named here is logged from the moment it
is named, and an error of that type is attributed by what was logged.
"""

WATCHED = {
    "sale.order": {
        "adv_date_requested": "DEL",  # delivery date
        "commitment_date": "DEL",
        "partner_shipping_id": "ADL",  # delivery address
        "partner_id": "CLF",  # customer
        "partner_invoice_id": "CLF",
        "payment_term_id": "PAI",  # payment terms
        "fiscal_position_id": "TVA",  # taxes
        "client_order_ref": "RCL",  # the customer's own reference
        "incoterm": "INC",
        "incoterm_location": "INC",
        "carrier_id": "TRP",  # carrier, where Odoo's "delivery" is installed
        "pricelist_id": "DEV",  # price list and currency
    },
    "sale.order.line": {
        "price_unit": "PRX",
        "discount": "REM",
        "product_uom_qty": "QTE",
        "product_id": "REF",  # emptied: the line was removed (forgotten line, OUB)
        "product_uom_id": "UDM",
        "customer_lead": "DEL",
        "tax_ids": "TVA",
    },
}

MODEL_OF = {name: model for model, names in WATCHED.items() for name in names}
