from . import adv_demand_report
