/** A small tar packed by xz 5 with `-9e`: package/bin/tool, and package/data.txt with 3,000 equal lines. */
export const PACKED_XZ =
  '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4Y//AOVdADgYSJnNF3UkZUswqqnkPUw2i5ddX3T9PGIUUA3YUt24RJSVwP9umvh0U8HhvaHhWeHueNVdRqHZj0hGkk1t7Ma7wpFRwi6KNoYEn9goWDXniODKKoHAWfu5bVwreUuslNeaDVPDguOD0Zeifi7+iprQIKd9f7cvAoKPGaQlufoug4MwlH4XDFlN0CxiOlGgZbzwRy3+azfVrFJIhxrTAusKgHBwMx1XY6OR0xXFGVh3Z3e2dvQNpAL/Wrocu9m31yLYlK0IDMXQgpyqZWmhCRdKBzZGmQKBNnXceYVO2Hq0K++3D0AAAAAAtkrj1Mz9IJkAAYECgKAGAB0MAg6xxGf7AgAAAAAEWVo=';
/** The same tar packed by zstd 1.5 with `-19`. */
export const PACKED_ZSTD =
  'KLUv/aQAkAEA7QQAkkYWGIBtA4ADx5G9/NR2mIEDkcdCGgoslwNNAZkQ2ApfJ60O36LO9KPunrFdrPEqCvbRq/5GMhFqqUGjOzy5Bwi28VpifN4dBPiMVHX6HyhZibbJ3DYFT1o5ugkZIFBJDZUObIbIy9tXYL4La2MqNhfKqDB5gBDBea2qf6GBVVkvBEspgVOJoVMagAD0Q3FA0iEDeFPCAQYFMJyKHGnbn8w=';
