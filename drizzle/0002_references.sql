CREATE TABLE `statistic_references` (
	`column_id` integer NOT NULL,
	`version` integer NOT NULL,
	`built_at` integer NOT NULL,
	`applies_from_ms` integer NOT NULL,
	`windows` integer NOT NULL,
	`bins` text NOT NULL,
	`counts` text NOT NULL,
	`mean` real,
	`standard_deviation` real,
	`minimum` real,
	`maximum` real,
	PRIMARY KEY(`column_id`, `version`),
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `statistics` ADD `js_distance` real;--> statement-breakpoint
ALTER TABLE `statistics` ADD `psi` real;--> statement-breakpoint
ALTER TABLE `statistics` ADD `wasserstein` real;--> statement-breakpoint
ALTER TABLE `statistics` ADD `unseen_share` real;--> statement-breakpoint
ALTER TABLE `statistics` ADD `histogram` text;