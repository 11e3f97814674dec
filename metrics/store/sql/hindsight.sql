-- Which verdict would each measure of one place have had on an earlier day, with that day's months as they are known now?
FROM hindsight WHERE as_at = $as_at AND place = $place ORDER BY measure;
