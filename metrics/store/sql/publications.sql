-- On which days was anything published?
SELECT DISTINCT published FROM release WHERE level = 'area' ORDER BY published;
