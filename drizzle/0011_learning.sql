CREATE TABLE `corrections` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`detector_id` integer NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`is_pinned` integer NOT NULL,
	`weights` text NOT NULL,
	`checksum` text NOT NULL,
	`report` text,
	`made_at` integer NOT NULL,
	`promoted_at` integer,
	`by` text,
	FOREIGN KEY (`detector_id`) REFERENCES `detectors`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `corrections_number` ON `corrections` (`detector_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `corrections_one_active` ON `corrections` (`detector_id`) WHERE state = 'active';--> statement-breakpoint
CREATE TABLE `series_marks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`model_id` integer NOT NULL,
	`segment` text NOT NULL,
	`column` text NOT NULL,
	`role` text NOT NULL,
	`statistic` text NOT NULL,
	`kind` text NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer,
	`is_above` integer,
	`size` real,
	`expires_at` integer,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`report_id` integer,
	`finding_id` integer,
	`undone_at` integer,
	`undone_by` text,
	FOREIGN KEY (`model_id`) REFERENCES `models`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `series_marks_model` ON `series_marks` (`model_id`,`at`);--> statement-breakpoint
DROP INDEX `labels_model`;--> statement-breakpoint
ALTER TABLE `labels` ADD `role` text DEFAULT 'feature' NOT NULL;--> statement-breakpoint
ALTER TABLE `labels` ADD `word` text;--> statement-breakpoint
ALTER TABLE `labels` ADD `incident` text;--> statement-breakpoint
ALTER TABLE `labels` ADD `weight` real;--> statement-breakpoint
ALTER TABLE `labels` ADD `is_matter_of_taste` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `labels` ADD `windows` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `labels` ADD `undone_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `labels_same` ON `labels` (`model_id`,`segment`,`column`,`statistic`,`from_ms`,`to_ms`,`by`);--> statement-breakpoint
ALTER TABLE `detections` ADD `evidence` real;--> statement-breakpoint
ALTER TABLE `votes` ADD `word` text;--> statement-breakpoint
ALTER TABLE `votes` ADD `detector` text;--> statement-breakpoint
ALTER TABLE `votes` ADD `windows` text;