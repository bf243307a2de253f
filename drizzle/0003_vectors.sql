ALTER TABLE `statistics` ADD `mean_norm` real;--> statement-breakpoint
ALTER TABLE `statistics` ADD `wrong_length_rate` real;--> statement-breakpoint
ALTER TABLE `statistics` ADD `dimension_means` text;