export const notFound = { title: "لا شيء ينمو هنا", back: "عُد إلى تركيزك" };
