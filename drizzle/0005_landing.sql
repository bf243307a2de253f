CREATE TABLE `window_looks` (
	`model_id` integer NOT NULL,
	`window_start_ms` integer NOT NULL,
	`window_end_ms` integer NOT NULL,
	`window_key` text NOT NULL,
	`state` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`rows` integer NOT NULL,
	`same_since` integer NOT NULL,
	PRIMARY KEY(`model_id`, `window_start_ms`),
	FOREIGN KEY (`model_id`) REFERENCES `models`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `columns` ADD `importance` real;--> statement-breakpoint
ALTER TABLE `detections` ADD `note` text;--> statement-breakpoint
ALTER TABLE `models` ADD `query_column` text;--> statement-breakpoint
ALTER TABLE `models` ADD `importance_location` text;--> statement-breakpoint
ALTER TABLE `models` ADD `importance_format` text;--> statement-breakpoint
ALTER TABLE `statistics` ADD `ndcg_at_10` real;