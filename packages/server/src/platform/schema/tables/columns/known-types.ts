// The built-in types that people choose from, in the order in which they are offered, with what they hold.

/** Name → its group and what it holds. */
export const knownTypes: ReadonlyMap<string, { readonly group: string; readonly description: string }> = new Map(
  [
    ['int2', 'Numbers', 'Whole numbers to ±32,767'],
    ['int4', 'Numbers', 'Whole numbers to ±2 billion'],
    ['int8', 'Numbers', 'Whole numbers to ±9 quintillion'],
    ['float4', 'Numbers', 'Approximate, 6 digits'],
    ['float8', 'Numbers', 'Approximate, 15 digits'],
    ['numeric', 'Numbers', 'Exact, as many digits as wanted'],
    ['text', 'Text', 'Text of any length'],
    ['varchar', 'Text', 'Text up to a length, such as varchar(20)'],
    ['uuid', 'Text', 'Universally unique identifier'],
    ['date', 'Time', 'A day'],
    ['time', 'Time', 'A time of day'],
    ['timetz', 'Time', 'A time of day in a time zone'],
    ['timestamp', 'Time', 'Day and time, of no time zone'],
    ['timestamptz', 'Time', 'A moment, whatever the time zone'],
    ['interval', 'Time', 'A span of time'],
    ['bool', 'Yes or no', 'True or false'],
    ['json', 'JSON', 'JSON as it was written'],
    ['jsonb', 'JSON', 'JSON that can be searched and indexed'],
    ['bytea', 'Bytes', 'Bytes of any length'],
  ].map(([name = '', group = '', description = '']) => [name, { group, description }]),
)
