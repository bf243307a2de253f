ALTER TABLE `ledger` ADD `note` text;--> statement-breakpoint
ALTER TABLE `models` ADD `filters` text;--> statement-breakpoint
ALTER TABLE `models` ADD `budget` text;--> statement-breakpoint
ALTER TABLE `mutes` ADD `segment` text;--> statement-breakpoint
ALTER TABLE `mutes` ADD `column` text;--> statement-breakpoint
ALTER TABLE `mutes` ADD `statistic` text;--> statement-breakpoint
ALTER TABLE `mutes` ADD `pattern` text;--> statement-breakpoint
ALTER TABLE `mutes` ADD `until_change` text;