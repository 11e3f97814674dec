-- What are the answers since a plan that is not followed began, on every measure in one place, as known at the date they are kept for?
FROM answer_of_plan
WHERE plan = $plan AND place = $place AND as_at = $as_at
ORDER BY measure;
