"""Everything in `data/` becomes one database: figures, findings and funnels."""
