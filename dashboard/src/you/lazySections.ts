/** Sections whose words are those of the ways in: loaded when they are opened. */
import { lazyWay } from "../ways/lazyWays";

export const SigningIn = lazyWay(() => import("./signingIn/SigningIn"), 420);
export const Programs = lazyWay(() => import("./programs/Programs"), 420);
export const PictureSheet = lazyWay(() => import("./picture/PictureSheet"));
export const ProofSheet = lazyWay(() => import("../ways/proof/ProofSheet"));
