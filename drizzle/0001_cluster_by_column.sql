-- A series is read from one place of the file instead of one page per window: rows lie in the order of their key.
-- drizzle cannot say WITHOUT ROWID, hence by hand.
CREATE TABLE `clustered_statistics` (
	`column_id` integer NOT NULL,
	`window_start_ms` integer NOT NULL,
	`segment` text NOT NULL,
	`window_end_ms` integer NOT NULL,
	`window_key` text NOT NULL,
	`rows` integer NOT NULL,
	`mean` real,
	`standard_deviation` real,
	`minimum` real,
	`maximum` real,
	`q01` real,
	`q05` real,
	`q25` real,
	`q50` real,
	`q75` real,
	`q95` real,
	`q99` real,
	`coverage` real,
	`missing_rate` real,
	`non_finite_rate` real,
	`default_rate` real,
	`distinct_count` real,
	`entropy` real,
	`observed_expected_ratio` real,
	`traffic` real,
	`traffic_ratio` real,
	`valueless` text,
	`shares` text,
	`problems` text,
	PRIMARY KEY(`column_id`, `window_start_ms`, `segment`),
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `clustered_statistics` SELECT * FROM `statistics`;
--> statement-breakpoint
DROP TABLE `statistics`;
--> statement-breakpoint
ALTER TABLE `clustered_statistics` RENAME TO `statistics`;
--> statement-breakpoint
CREATE TABLE `clustered_detections` (
	`column_id` integer NOT NULL,
	`window_start_ms` integer NOT NULL,
	`segment` text NOT NULL,
	`statistic` text NOT NULL,
	`window_end_ms` integer NOT NULL,
	`window_key` text NOT NULL,
	`value` real,
	`rows` integer NOT NULL,
	`baseline` real,
	`lower` real,
	`upper` real,
	`score` real,
	`is_anomaly` integer NOT NULL,
	`rule` text,
	`detector` text NOT NULL,
	PRIMARY KEY(`column_id`, `window_start_ms`, `segment`, `statistic`),
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `clustered_detections` SELECT * FROM `detections`;
--> statement-breakpoint
DROP TABLE `detections`;
--> statement-breakpoint
ALTER TABLE `clustered_detections` RENAME TO `detections`;
