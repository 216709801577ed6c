package fi.signspace.plugin.evidence.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Reports for each signature inside a PDF whether the bytes that it covers are intact, and whether
 * anything was appended after the last signature. Does not check whether a signer's certificate is
 * trusted.
 */
final class PdfSignatures {

  private static final byte[] PDF = {'%', 'P', 'D', 'F', '-'};
  private static final byte[] BYTE_RANGE = "/ByteRange".getBytes(StandardCharsets.US_ASCII);
  private static final String TIME_STAMP = "ETSI.RFC3161";
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final byte[] file;

  private PdfSignatures(byte[] file) {
    this.file = file;
  }

  /**
   * @return one remark each; empty if this is not a PDF
   */
  static List<String> remarks(byte[] file) {
    if (!Arrays.equals(PDF, Arrays.copyOf(file, PDF.length))) {
      return List.of();
    }
    try (PDDocument pdf = Loader.loadPDF(file)) {
      return new PdfSignatures(file).remarks(pdf.getSignatureDictionaries());
    } catch (IOException | RuntimeException e) { // PDFBox throws both for malformed files
      return List.of("The signatures inside this PDF cannot be read.");
    }
  }

  private List<String> remarks(List<PDSignature> signatures) {
    if (signatures.isEmpty()) {
      return List.of(
          contains(BYTE_RANGE)
              ? "A signature inside this PDF is no longer referenced: the PDF was changed after the last signature."
              : "This PDF contains no embedded signature.");
    }
    List<String> remarks = new ArrayList<>();
    long end = 0;
    for (int i = 0; i < signatures.size(); i++) {
      PDSignature signature = signatures.get(i);
      remarks.add(
          "PDF %s %s of %s: %s."
              .formatted(
                  isTimeStamp(signature) ? "time stamp" : "signature",
                  i + 1,
                  signatures.size(),
                  isIntact(signature) ? "intact" : "not intact, its bytes were changed"));
      end = Math.max(end, end(signature));
    }
    if (hasMoreAfter(end)) {
      remarks.add("This PDF was changed after the last signature.");
    }
    return remarks;
  }

  private boolean isIntact(PDSignature signature) {
    try {
      int[] range = signature.getByteRange();
      if (!isWhole(range)) {
        return false;
      }
      byte[] covered = signature.getSignedContent(file);
      ContentInfo contents = cms(signature.getContents(file));
      return isTimeStamp(signature) ? isStamped(contents, covered) : isSigned(contents, covered);
    } catch (IOException
        | CMSException
        | TSPException
        | NoSuchAlgorithmException
        | OperatorCreationException
        | CertificateException
        | RuntimeException e) { // thrown for malformed signature contents
      return false;
    }
  }

  /** The signature covers the entire file except one gap, which contains the signature itself. */
  private boolean isWhole(int[] range) {
    if (range.length != 4 || range[0] != 0 || range[1] <= 0 || range[3] < 0) {
      return false;
    }
    long gapEnd = range[2];
    return range[1] < gapEnd
        && gapEnd + range[3] <= file.length
        && isHexString(range[1], (int) gapEnd);
  }

  private boolean isHexString(int from, int end) {
    if (file[from] != '<' || file[end - 1] != '>') {
      return false;
    }
    for (int at = from + 1; at < end - 1; at++) {
      if (!HexFormat.isHexDigit(file[at])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSigned(ContentInfo contents, byte[] covered)
      throws CMSException, OperatorCreationException, CertificateException {
    CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(covered), contents);
    Collection<SignerInformation> signers = cms.getSignerInfos().getSigners();
    for (SignerInformation signer : signers) {
      if (!isSigned(signer, cms)) {
        return false;
      }
    }
    return !signers.isEmpty();
  }

  private static boolean isSigned(SignerInformation signer, CMSSignedData cms)
      throws CMSException, OperatorCreationException, CertificateException {
    for (X509CertificateHolder certificate : cms.getCertificates().getMatches(null)) {
      if (signer.getSID().match(certificate)) {
        return signer.verify(
            new JcaSimpleSignerInfoVerifierBuilder().setProvider(PROVIDER).build(certificate));
      }
    }
    return false;
  }

  private static boolean isStamped(ContentInfo contents, byte[] covered)
      throws CMSException, TSPException, IOException, NoSuchAlgorithmException {
    TimeStampToken token = new TimeStampToken(new CMSSignedData(contents));
    String algorithm = token.getTimeStampInfo().getMessageImprintAlgOID().getId();
    byte[] digest = MessageDigest.getInstance(algorithm, PROVIDER).digest(covered);
    return MessageDigest.isEqual(digest, token.getTimeStampInfo().getMessageImprintDigest());
  }

  /** Strips the zeros that fill the gap. */
  private static ContentInfo cms(byte[] padded) throws IOException {
    try (ASN1InputStream in = new ASN1InputStream(padded)) {
      return ContentInfo.getInstance(in.readObject());
    }
  }

  private static boolean isTimeStamp(PDSignature signature) {
    return TIME_STAMP.equals(signature.getSubFilter());
  }

  private static long end(PDSignature signature) {
    int[] range = signature.getByteRange();
    return range.length == 4 ? (long) range[2] + range[3] : 0;
  }

  /** Some programs append a line break at the end. */
  private boolean hasMoreAfter(long end) {
    for (long at = end; at < file.length; at++) {
      if (!Character.isWhitespace(file[(int) at])) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(byte[] wanted) {
    for (int at = 0; at + wanted.length <= file.length; at++) {
      if (Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
