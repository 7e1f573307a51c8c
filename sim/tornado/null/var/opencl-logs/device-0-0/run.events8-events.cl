#pragma OPENCL EXTENSION cl_khr_fp64 : enable  
#pragma OPENCL EXTENSION cl_khr_fp16 : enable  
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable  
__kernel void events(__global long *_kernel_context, __constant uchar *_constant_region, __local uchar *_local_region, __global int *_atomics, __global uchar *xf, __global uchar *xh, __global uchar *count, __global uchar *_channel, __global uchar *wf, __global uchar *wh, __global uchar *yf, __global uchar *yh, __global uchar *g, __global uchar *run, __global uchar *choice, __private int sixteen)
{
  bool b_76, b_63, b_30, b_65, b_32, b_18, b_36, b_74; 
  float f_104, f_90, f_70, f_64, f_112, f_113, f_59, f_75; 
  short sh_97; 
  ulong ul_0, ul_122, ul_5, ul_6, ul_7, ul_8, ul_1, ul_2, ul_3, ul_4, ul_14, ul_16, ul_10, ul_12, ul_23, ul_19, ul_84, ul_96, ul_28, ul_37, ul_39, ul_103, ul_45, ul_47, ul_111, ul_41, ul_43, ul_49; 
  int i_106, i_105, i_107, i_118, i_117, i_114, i_116, i_115, i_29, i_31, i_38, i_40, i_34, i_33, i_35, i_13, i_15, i_9, i_11, i_22, i_21, i_24, i_17, i_20, i_62, i_61, i_58, i_57, i_60, i_69, i_72, i_71, i_66, i_68, i_67, i_46, i_48, i_42, i_44, i_54, i_53, i_56, i_55, i_50, i_52, i_51, i_89, i_92, i_91, i_98, i_99, i_78, i_77, i_80, i_79, i_73, i_86, i_85, i_88, i_87; 
  long l_100, l_101, l_102, l_81, l_82, l_83, l_108, l_109, l_110, l_120, l_25, l_121, l_26, l_27, l_119, l_93, l_94, l_95; 

  // BLOCK 0
  ul_0  =  (ulong) xf;
  ul_1  =  (ulong) count;
  ul_2  =  (ulong) _channel;
  ul_3  =  (ulong) wf;
  ul_4  =  (ulong) yf;
  ul_5  =  (ulong) g;
  ul_6  =  (ulong) run;
  ul_7  =  (ulong) choice;
  ul_8  =  ul_5 + 52L;
  i_9  =  *((__global int *) ul_8);
  ul_10  =  ul_5 + 48L;
  i_11  =  *((__global int *) ul_10);
  ul_12  =  ul_5 + 44L;
  i_13  =  *((__global int *) ul_12);
  ul_14  =  ul_6 + 16L;
  i_15  =  *((__global int *) ul_14);
  ul_16  =  ul_5 + 60L;
  i_17  =  *((__global int *) ul_16);
  b_18  =  i_17 == 0;
  if(b_18)
  {
    // BLOCK 1
    ul_19  =  ul_6 + 20L;
    i_20  =  *((__global int *) ul_19);
    i_21  =  i_15 * i_20;
    i_22  =  i_21;
  }  // B0
  else
  {
    // BLOCK 2
    i_22  =  i_15;
  }  // B0
  // BLOCK 3 MERGES [2 1 ]
  ul_23  =  ul_5 + 68L;
  i_24  =  *((__global int *) ul_23);
  l_25  =  (long) i_24;
  l_26  =  l_25 + 4L;
  l_27  =  l_26 << 2;
  ul_28  =  ul_7 + l_27;
  i_29  =  *((__global int *) ul_28);
  b_30  =  i_29 == 0;
  if(b_30)
  {
    // BLOCK 4
    i_31  =  get_global_id(0);
    b_32  =  i_31 < i_9;
    if(b_32)
    {
      // BLOCK 5
      i_33  =  get_global_id(1);
      i_34  =  i_11 * i_13;
      i_35  =  i_34 * i_22;
      b_36  =  i_33 < i_35;
      if(b_36)
      {
        // BLOCK 6
        ul_37  =  ul_5 + 16L;
        i_38  =  *((__global int *) ul_37);
        ul_39  =  ul_5 + 20L;
        i_40  =  *((__global int *) ul_39);
        ul_41  =  ul_5 + 24L;
        i_42  =  *((__global int *) ul_41);
        ul_43  =  ul_5 + 28L;
        i_44  =  *((__global int *) ul_43);
        ul_45  =  ul_5 + 32L;
        i_46  =  *((__global int *) ul_45);
        ul_47  =  ul_5 + 36L;
        i_48  =  *((__global int *) ul_47);
        ul_49  =  ul_5 + 40L;
        i_50  =  *((__global int *) ul_49);
        i_51  =  *((__global int *) ul_47);
        i_52  =  *((__global int *) ul_49);
        i_53  =  i_33 / i_34;
        i_54  =  i_53 * i_34;
        i_55  =  i_33 - i_54;
        i_56  =  i_55 / i_11;
        i_57  =  i_56 * i_48;
        i_58  =  i_57 - i_50;
        // BLOCK 7 MERGES [6 24 ]
        f_59  =  0.0F;
        i_60  =  0;
        for(;i_60 < i_44;)
        {
          // BLOCK 8
          i_61  =  i_60 + 1;
          i_62  =  i_58 + i_60;
          b_63  =  i_62 < 0;
          if(b_63)
          {
            // BLOCK 9
            f_64  =  f_59;
          }  // B8
          else
          {
            // BLOCK 10
            b_65  =  i_62 < i_38;
            if(b_65)
            {
              // BLOCK 11
              i_66  =  i_11 * i_56;
              i_67  =  i_55 - i_66;
              i_68  =  i_67 * i_51;
              i_69  =  i_68 - i_52;
              // BLOCK 12 MERGES [11 21 ]
              f_70  =  f_59;
              i_71  =  0;
              for(;i_71 < i_46;)
              {
                // BLOCK 13
                i_72  =  i_71 + 1;
                i_73  =  i_69 + i_71;
                b_74  =  i_73 < 0;
                if(b_74)
                {
                  // BLOCK 14
                  f_75  =  f_70;
                }  // B13
                else
                {
                  // BLOCK 15
                  b_76  =  i_73 < i_40;
                  if(b_76)
                  {
                    // BLOCK 16
                    i_77  =  i_38 * i_53;
                    i_78  =  i_77 + i_62;
                    i_79  =  i_78 * i_40;
                    i_80  =  i_79 + i_73;
                    l_81  =  (long) i_80;
                    l_82  =  l_81 + 4L;
                    l_83  =  l_82 << 2;
                    ul_84  =  ul_1 + l_83;
                    i_85  =  *((__global int *) ul_84);
                    i_86  =  i_60 * i_46;
                    i_87  =  i_86 + i_71;
                    i_88  =  i_87 * i_42;
                    i_89  =  i_80 * i_42;
                    // BLOCK 17 MERGES [16 18 ]
                    f_90  =  f_70;
                    i_91  =  0;
                    for(;i_91 < i_85;)
                    {
                      // BLOCK 18
                      i_92  =  i_89 + i_91;
                      l_93  =  (long) i_92;
                      l_94  =  l_93 + 8L;
                      l_95  =  l_94 << 1;
                      ul_96  =  ul_2 + l_95;
                      sh_97  =  *((__global short *) ul_96);
                      i_98  =  (int) sh_97;
                      i_99  =  i_98 + i_89;
                      l_100  =  (long) i_99;
                      l_101  =  l_100 + 4L;
                      l_102  =  l_101 << 2;
                      ul_103  =  ul_0 + l_102;
                      f_104  =  *((__global float *) ul_103);
                      i_105  =  i_88 + i_98;
                      i_106  =  i_105 * i_9;
                      i_107  =  i_106 + i_31;
                      l_108  =  (long) i_107;
                      l_109  =  l_108 + 4L;
                      l_110  =  l_109 << 2;
                      ul_111  =  ul_3 + l_110;
                      f_112  =  *((__global float *) ul_111);
                      f_113  =  fma(f_104, f_112, f_90);
                      i_114  =  i_91 + 1;
                      f_90  =  f_113;
                      i_91  =  i_114;
                    }  // B17
                    // BLOCK 19
                    f_75  =  f_90;
                  }  // B15
                  else
                  {
                    // BLOCK 20
                    f_75  =  f_70;
                  }  // B15
                }  // B13
                // BLOCK 21 MERGES [14 19 20 ]
                i_115  =  i_72;
                f_70  =  f_75;
                i_71  =  i_115;
              }  // B12
              // BLOCK 22
              f_64  =  f_70;
            }  // B10
            else
            {
              // BLOCK 23
              f_64  =  f_59;
            }  // B10
          }  // B8
          // BLOCK 24 MERGES [9 22 23 ]
          i_116  =  i_61;
          f_59  =  f_64;
          i_60  =  i_116;
        }  // B7
        // BLOCK 25
        i_117  =  i_33 * i_9;
        i_118  =  i_117 + i_31;
        l_119  =  (long) i_118;
        l_120  =  l_119 + 4L;
        l_121  =  l_120 << 2;
        ul_122  =  ul_4 + l_121;
        *((__global float *) ul_122)  =  f_59;
      }  // B5
      else
      {
        // BLOCK 26
        return;
      }  // B5
    }  // B4
    else
    {
      // BLOCK 27
      return;
    }  // B4
  }  // B3
  else
  {
    // BLOCK 28
  }  // B3
  // BLOCK 29 MERGES [28 27 26 25 ]
  return;
}  //  kernel
