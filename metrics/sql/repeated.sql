-- Which cell does a release give twice?
SELECT file, measure, place, period
FROM cell
GROUP BY ALL
HAVING count(*) > 1
ORDER BY ALL
LIMIT 1;
