"""How a developer gets a real Odoo, a real PostgreSQL and a browser; standard library
only.
"""
