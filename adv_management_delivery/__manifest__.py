{
    "name": "Sales Administration (ADV): Carriers",
    "summary": "Promised arrivals follow the transit of the carrier",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "adv_management contributors",
    "license": "LGPL-3",
    "depends": ["adv_management", "delivery"],
    "auto_install": True,
    "data": ["views/delivery_carrier_views.xml"],
}
