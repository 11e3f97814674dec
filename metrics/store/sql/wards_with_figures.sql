-- Which wards have figures of any of some measures?
SELECT DISTINCT place FROM ward_level WHERE list_contains($measures, measure) ORDER BY place;
