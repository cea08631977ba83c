"""What we measure, without a database: vocabulary (``kpi.py``) and catalogue."""
