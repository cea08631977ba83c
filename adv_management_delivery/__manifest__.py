{
    "name": "Sales Administration (ADV): Carriers",
    "summary": "Arrivals follow the carrier; usual carrier, carriage as agreed",
    "version": "19.0.1.1.0",
    "category": "Sales/Sales",
    "author": "adv_management contributors",
    "license": "LGPL-3",
    "depends": ["adv_management", "delivery"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
    "data": [
        "data/adv_control_data.xml",
        "views/delivery_carrier_views.xml",
        "views/res_partner_views.xml",
    ],
}
