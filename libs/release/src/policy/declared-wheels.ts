import picomatch from 'picomatch';

/**
 * Of the wheels that a package declares (`[tool.nx-pypi] wheels`), those that no file is: globs over the platform
 * (`manylinux*_x86_64`) or over the whole tag (`cp312-*-win_amd64`). Source of the names: PEP 427, PEP 425.
 */
export function lackingWheels(declared: readonly string[], filenames: readonly string[]): readonly string[] {
  const tags = filenames.filter((name) => name.endsWith('.whl')).flatMap(tagsOf);
  return declared.filter((pattern) => {
    const whole = pattern.includes('-');
    return !tags.some(({ tag, platform }) => picomatch.isMatch(whole ? tag : platform, pattern));
  });
}

/** A wheel may bear several tags at once: `py2.py3-none-any` (PEP 425, compressed tag sets). */
function tagsOf(filename: string): readonly { readonly tag: string; readonly platform: string }[] {
  const [python = '', abi = '', platforms = ''] = filename.slice(0, -'.whl'.length).split('-').slice(-3);
  return python
    .split('.')
    .flatMap((interpreter) =>
      abi
        .split('.')
        .flatMap((binary) =>
          platforms.split('.').map((platform) => ({ tag: `${interpreter}-${binary}-${platform}`, platform })),
        ),
    );
}
