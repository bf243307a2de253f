CREATE TABLE `calibrations` (
	`detector_id` integer NOT NULL,
	`granularity` text NOT NULL,
	`kind` text NOT NULL,
	`factor` real NOT NULL,
	`windows` integer NOT NULL,
	`left_out` integer NOT NULL,
	`series` integer NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer NOT NULL,
	`refreshed_at` integer NOT NULL,
	`reliability` text NOT NULL,
	PRIMARY KEY(`detector_id`, `granularity`, `kind`),
	FOREIGN KEY (`detector_id`) REFERENCES `detectors`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `detections` ADD `severity` real;--> statement-breakpoint
ALTER TABLE `detections` ADD `tail` real;--> statement-breakpoint
ALTER TABLE `detections` ADD `nominal_tail` real;