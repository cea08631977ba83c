{
    "name": "Sales Administration (ADV): Purchases",
    "summary": "Promises follow vendors' dates, requests for quotation, dropshipping",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "adv_management contributors",
    "license": "LGPL-3",
    "depends": ["adv_management", "sale_purchase_stock"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
