import { describe, expect, it } from 'vitest';
import {
  filterSettingNames,
  filterSettings,
  parseFilterSetting,
  settingFlag,
  settingIssue,
} from '../../src/domain/filter-settings.ts';

describe('a filter setting that a person types', () => {
  it.each([
    ['minimum-severity', '1.5', ['minimumSeverity', 1.5]],
    ['minimumSeverity', '0', ['minimumSeverity', 0]],
    ['duration-windows', '3', ['durationWindows', 3]],
    ['false-discovery-rate', '1e-2', ['falseDiscoveryRate', 0.01]],
  ])('%s %s is read', (flag, text, expected) => {
    expect(parseFilterSetting(flag, text)).toEqual(expected);
  });

  it.each([
    ['minimum-severty', '1', /Did you mean `minimum-severity`/],
    ['minimum-severity', 'high', /a number of at least 0 for minimum-severity/],
    ['minimum-severity', '', /a number of at least 0/],
    ['minimum-severity', 'NaN', /a number/],
    ['minimum-rarity', 'Infinity', /a number/],
    ['duration-windows', '2.5', /a whole number from 1 to 14/],
    ['minimum-traffic-ratio', '3', /a number from 0 to 1/],
  ])('%s %s is refused with what was expected', (flag, text, message) => {
    expect(() => parseFilterSetting(flag, text)).toThrow(message);
  });

  it('has a name of its own and bounds that hold each other', () => {
    expect(new Set(filterSettingNames.map(settingFlag)).size).toBe(filterSettingNames.length);
    for (const name of filterSettingNames) {
      const { lowest, highest } = filterSettings[name];
      expect([settingIssue(name, lowest), settingIssue(name, highest)]).toEqual([undefined, undefined]);
      expect(settingIssue(name, lowest - 1)).toBeDefined();
    }
  });
});
