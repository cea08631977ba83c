{
    "name": "Sales Administration (ADV): Projects",
    "summary": "Projects and tasks of parked orders start at the release",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "adv_management contributors",
    "license": "LGPL-3",
    "depends": ["adv_management", "sale_project"],
    "auto_install": True,
}
