declare module 'postject' {
  /** Puts data into an executable, under a name. https://github.com/nodejs/postject */
  export function inject(
    filename: string,
    resourceName: string,
    resourceData: Buffer,
    options: { readonly sentinelFuse: string; readonly machoSegmentName?: string },
  ): Promise<void>;
}
