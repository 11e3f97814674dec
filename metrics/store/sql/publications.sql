-- On which days was anything published?
SELECT DISTINCT published FROM release ORDER BY published;
