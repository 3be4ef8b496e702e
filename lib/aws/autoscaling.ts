/**
 * The most tasks of a service.
 * Source: "Amazon ECS service quotas" in the Amazon ECS Developer Guide.
 */
export const MOST_TASKS = 5000;
