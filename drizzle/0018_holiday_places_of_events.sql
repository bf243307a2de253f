-- Models that were registered before their place was kept have it at the end of their holidays: `Labour Day (DE-BY)`.
-- drizzle writes no such change of rows, hence by hand. What is trimmed away at the end is what follows the last bracket.
UPDATE `models`
SET `holidays` = (
	SELECT rtrim(substr(`text`, length(rtrim(`text`, replace(`text`, '(', ''))) + 1), ')')
	FROM `events`
	WHERE `events`.`model_id` = `models`.`id` AND `events`.`kind` = 'holiday'
		AND (`text` LIKE '%(__)' OR `text` LIKE '%(__-%)')
	ORDER BY `events`.`id`
	LIMIT 1
)
WHERE `holidays` IS NULL;
