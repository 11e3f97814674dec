-- Which cell does a release give twice?
SELECT file, series, place, period
FROM (SELECT number, series, place, period FROM cell GROUP BY ALL HAVING count(*) > 1)
JOIN origin USING (number)
ORDER BY ALL
LIMIT 1;
