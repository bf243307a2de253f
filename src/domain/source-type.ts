/** What a column's type means to us; every engine's own type names fall into these. */
export const typeFamilies = [
  'boolean',
  'integer',
  'real',
  'text',
  'json',
  'timestamp',
  'timestamptz',
  'date',
  'time',
  'identifier',
  'vector',
  'nested',
  'binary',
  'unknown',
] as const;
export type TypeFamily = (typeof typeFamilies)[number];

const NAMES: Readonly<Record<string, TypeFamily>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  HUGEINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  UHUGEINT: 'integer',
  BIGNUM: 'integer',
  FLOAT: 'real',
  REAL: 'real',
  DOUBLE: 'real',
  DECIMAL: 'real',
  VARCHAR: 'text',
  CHAR: 'text',
  ENUM: 'text',
  JSON: 'json',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  DATE: 'date',
  TIME: 'time',
  TIME_NS: 'time',
  'TIME WITH TIME ZONE': 'time',
  INTERVAL: 'time',
  UUID: 'identifier',
  STRUCT: 'nested',
  ROW: 'nested',
  MAP: 'nested',
  UNION: 'nested',
  VARIANT: 'nested',
  BLOB: 'binary',
  VARBINARY: 'binary',
  BIT: 'binary',
  GEOMETRY: 'binary',
};

const VECTOR = /^(?:array\((.+)\)|(.+)\[\d*\])$/i;

/** `DECIMAL(18,2)` is real, `FLOAT[768]` and `array(double)` are vectors, `VARCHAR[]` is nested. */
export function typeFamily(type: string): TypeFamily {
  const vector = VECTOR.exec(type.trim());
  if (vector !== null) {
    const element = typeFamily(vector[1] ?? vector[2] ?? '');
    return element === 'integer' || element === 'real' ? 'vector' : 'nested';
  }
  const bare = type
    .replace(/\(.*\)/s, '')
    .trim()
    .toUpperCase();
  return NAMES[bare] ?? 'unknown';
}
