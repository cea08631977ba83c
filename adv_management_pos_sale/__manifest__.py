{
    "name": "Sales Administration (ADV): Point of Sale",
    "summary": "Orders that a till settles are parked, never refused nor sent twice",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "adv_management contributors",
    "license": "LGPL-3",
    "depends": ["adv_management", "pos_sale"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
