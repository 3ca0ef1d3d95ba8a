declare module 'postject' {
  /** Embeds data in an executable, under a name. https://github.com/nodejs/postject */
  export function inject(
    filename: string,
    resourceName: string,
    resourceData: Buffer,
    options: { readonly sentinelFuse: string; readonly machoSegmentName?: string },
  ): Promise<void>;
}
