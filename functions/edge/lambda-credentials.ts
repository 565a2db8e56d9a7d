/** Replaces the SDK's chain of credential providers in every bundle: see shared/config/bundling.ts. */
import { fromEnv } from '@aws-sdk/credential-provider-env';

/** The name and shape that the SDK's clients import. Lambda renews the variables by starting another instance. */
export const defaultProvider = () => fromEnv();
