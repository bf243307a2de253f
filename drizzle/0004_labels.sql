ALTER TABLE `statistics` ADD `brier` real;--> statement-breakpoint
ALTER TABLE `statistics` ADD `auc` real;--> statement-breakpoint
ALTER TABLE `statistics` ADD `label_rate` real;