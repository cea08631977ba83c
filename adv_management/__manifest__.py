{
    "name": "Sales Administration (ADV)",
    "summary": "Delivery promises kept and measured: what is late, what will be late, whom to call today",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "adv_management contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["sale_stock", "account"],
    "data": [
        "security/res_groups.xml",
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
    ],
}
