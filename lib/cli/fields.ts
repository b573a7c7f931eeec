// cli: fields of parsed objects whose types nobody has checked yet.

export * from "../objects/fields.js";
