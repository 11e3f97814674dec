-- What are the limits and signals of every monthly count in one place, as now known?
FROM point
WHERE place = $place
ORDER BY measure, period;
