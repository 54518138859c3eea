// A straight line through points by least squares, and how sure one can be of its slope.
// https://en.wikipedia.org/wiki/Simple_linear_regression#Confidence_intervals

export interface Slope {
  readonly slope: number;
  /** In 19 of 20 cases it is between these. */
  readonly least: number;
  readonly most: number;
}

type Point = readonly [x: number, y: number];

// Student's distribution for many samples.
const twoSided = 2;

export function slope(points: readonly Point[]): Slope {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  const spread = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  const steepness = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
  const residue = points.reduce((sum, point) => sum + (point[1] - y - steepness * (point[0] - x)) ** 2, 0);
  const error = Math.sqrt(residue / (points.length - 2) / spread);
  return { slope: steepness, least: steepness - twoSided * error, most: steepness + twoSided * error };
}
