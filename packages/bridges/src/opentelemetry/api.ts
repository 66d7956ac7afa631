// What is used of @opentelemetry/api.

/** Who makes the spans and metrics. */
export const SCOPE = "@steadfast/bridges";

export type Attributes = { readonly [name: string]: string | number | boolean };

export interface Span {
  /** Adds what happened then. */
  addEvent(name: string, attributes: Attributes, at: Date): unknown;
  /** Says that it failed. */
  setStatus(status: { code: number }): unknown;
  /** Ends it then. */
  end(at: Date): void;
}

interface Metric {
  /** Adds to the series with these labels. */
  add(by: number, labels: Attributes): void;
}

/**
 * What is used of `@opentelemetry/api`: its module as it is.
 * @since 0.1.0
 */
export interface OpenTelemetryApi {
  /** For spans. */
  readonly trace: {
    getTracer(name: string): {
      startSpan(
        name: string,
        options: { startTime: Date; attributes: Attributes },
        context: never,
      ): Span;
    };
    setSpan(context: never, span: never): unknown;
  };
  /** In which supervisions begin. */
  readonly context: { active(): unknown };
  /** For metrics. */
  readonly metrics: {
    getMeter(name: string): {
      createCounter(name: string, options: { description: string }): Metric;
      createUpDownCounter(name: string, options: { description: string }): Metric;
      createHistogram(
        name: string,
        options: { description: string; unit: string },
      ): { record(value: number, labels: Attributes): void };
    };
  };
}
