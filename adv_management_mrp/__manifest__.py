{
    "name": "Sales Administration (ADV): Manufacturing",
    "summary": "Promises of kits by their components, and of goods still to be made",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "adv_management contributors",
    "license": "LGPL-3",
    "depends": ["adv_management", "sale_mrp"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
