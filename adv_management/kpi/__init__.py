"""What we measure: the vocabulary (``kpi.py``) and the catalogue, without a database."""
