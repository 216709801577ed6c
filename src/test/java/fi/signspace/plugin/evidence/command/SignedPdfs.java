package fi.signspace.plugin.evidence.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** Creates PDFs with signatures and time stamps, as a signing service does. */
final class SignedPdfs {

  private static final KeyPair KEY = keyPair();
  private static final X509Certificate CERTIFICATE = certificate();

  private SignedPdfs() {}

  static byte[] plain() {
    try (PDDocument pdf = new PDDocument()) {
      pdf.addPage(new PDPage());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      pdf.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a signature by an incremental update. */
  static byte[] signed(byte[] pdf) {
    PDSignature signature = new PDSignature();
    signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
    signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
    signature.setName("Anna");
    signature.setSignDate(Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT));
    return with(pdf, signature, SignedPdfs::cms);
  }

  /** Adds a document time stamp (RFC 3161). */
  static byte[] stamped(byte[] pdf) {
    PDSignature stamp = new PDSignature();
    stamp.setType(COSName.DOC_TIME_STAMP);
    stamp.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
    stamp.setSubFilter(COSName.getPDFName("ETSI.RFC3161"));
    return with(pdf, stamp, SignedPdfs::timeStamp);
  }

  private static byte[] with(byte[] pdf, PDSignature signature, SignatureInterface signer) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      document.addSignature(signature, signer);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.saveIncremental(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] cms(InputStream content) throws IOException {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(signer());
      generator.addCertificates(new JcaCertStore(List.of(CERTIFICATE)));
      return generator
          .generate(new CMSProcessableByteArray(content.readAllBytes()), false)
          .getEncoded();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static byte[] timeStamp(InputStream content) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
      TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
      requests.setCertReq(true);
      TimeStampRequest request = requests.generate(NISTObjectIdentifiers.id_sha256, digest);
      TimeStampTokenGenerator tokens =
          new TimeStampTokenGenerator(
              signer(),
              new JcaDigestCalculatorProviderBuilder()
                  .build()
                  .get(
                      new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                          NISTObjectIdentifiers.id_sha256)),
              new ASN1ObjectIdentifier("1.2.3"));
      tokens.addCertificates(new JcaCertStore(List.of(CERTIFICATE)));
      return new TimeStampResponseGenerator(
              tokens, java.util.Set.of(NISTObjectIdentifiers.id_sha256.getId()))
          .generate(request, BigInteger.ONE, Date.from(Instant.now()))
          .getTimeStampToken()
          .getEncoded();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static SignerInfoGenerator signer() throws Exception {
    return new JcaSimpleSignerInfoGeneratorBuilder()
        .build("SHA256withRSA", KEY.getPrivate(), CERTIFICATE);
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate() {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=Anna"),
              BigInteger.TEN,
              Date.from(now.minusSeconds(60)),
              Date.from(now.plusSeconds(3600)),
              new X500Name("CN=Anna"),
              KEY.getPublic());
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(KEY.getPrivate())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
