-- What do the newest 12 months say of every measure in every ward?
FROM ward_level
ORDER BY area, place, measure;
