import * as v from 'valibot'

/** The library takes an array for an object with numbers as names. */
export function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object whose names are not known. */
export function recordOf<T extends v.GenericSchema>(values: T) {
  return v.pipe(v.custom<Record<string, unknown>>(isRecord), v.record(v.string(), values))
}
